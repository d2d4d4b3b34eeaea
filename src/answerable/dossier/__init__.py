"""What can be shown about it: one finding or one case as a dossier that a person hands over.

`compose_case` and `compose_finding` put together what was filed and screened; a form writes it.
"""
