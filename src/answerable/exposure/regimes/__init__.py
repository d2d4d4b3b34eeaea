"""Regimes as data: one YAML file for each rule, held to the schema `answerable.regime/1`.

What a rule says on a day is computed by `answerable.exposure.rulings`; no rule stands in code.
"""
