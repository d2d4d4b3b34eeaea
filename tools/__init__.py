"""Tools of the developers: pins, generated files, measurements."""
