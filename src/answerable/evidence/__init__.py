"""What was published, sealed as it was found, and the words in it that a claim rests on."""
