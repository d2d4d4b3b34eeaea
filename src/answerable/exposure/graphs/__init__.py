"""The graph of links: who owns, controls, directs, supplies whom on a day, and paths through it."""
