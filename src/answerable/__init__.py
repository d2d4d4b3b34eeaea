"""answerable: where named or listed companies sit in a supply chain, and who says so.

The story has six steps, and each step that is built is a package:

evidence
    who says what, and the sealed copy that shows it (`capture`)
lists
    what authorities and registers have published (`collect`)
matching
    is this the same company? (`compare`)
exposure
    how does it reach this supplier? (`screen`)
dossier
    what can be shown about it? (`compose`)
call
    who is asked to decide what? (`publish`)

`answerable.story` joins the steps and is the public Python API. `answerable.ledger` keeps the
deeds, append-only; `answerable.model` holds the nouns that the steps hand to each other, and
`answerable.errors` the one tree of errors.
"""
