"""How does a listed company reach this supplier? Reads suppliers, screens them, writes what was found."""
