"""Who owns, controls or directs whom, as registers and lists state it: files into links and nodes.

A link is what its source states for a time. Nothing here adds, multiplies or joins: two entries of
one company in two files stay two nodes, until `exposure` joins them.
"""
