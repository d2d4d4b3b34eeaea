"""How does a listed company reach this supplier? Suppliers, screenings, and their outputs."""
