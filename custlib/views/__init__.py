"""Charts and widgets: they draw and forward, and decide nothing."""
