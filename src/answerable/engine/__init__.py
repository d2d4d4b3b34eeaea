"""Where things are kept and how they are written: the workspace folder, files written whole."""
