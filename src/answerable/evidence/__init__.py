"""WHO SAYS WHAT, and the sealed copy that shows it.

A page or a file is captured (`captures`, `browsing`, `imports`), its text taken (`texts`), words
found (`passages`, `search_index`); a case says which words are whose (`cases`), and all of it is
verified and handed on (`verification`, `packages`, `exchange`). What is sealed is never edited.
"""
