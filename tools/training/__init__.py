"""How the weights and the calibration of matching are learned: real pairs, split by family.

`python -m tools.train_weights` runs the whole. Nothing here is imported when names are compared.
"""
