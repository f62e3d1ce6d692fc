"""Tables in memory, each library by its own adapter."""
