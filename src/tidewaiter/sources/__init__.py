"""Sources: one module per publisher's layout, recognised by content."""
