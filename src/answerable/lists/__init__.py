"""What authorities and registers have published: cards, readers and dated editions of lists."""
