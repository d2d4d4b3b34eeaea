"""The words of the pages themselves, one file per language, each with the same keys."""
