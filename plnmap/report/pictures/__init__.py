"""Pictures: functions from a table of results to an Altair chart, and charts written as PNG, SVG or PDF."""
