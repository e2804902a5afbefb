"""What people look at and take away: screens and files. Renderers return; only the edge writes."""
