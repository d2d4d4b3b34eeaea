"""How Chinese brands are spelled in Latin letters, learned from names of listed companies."""
