"""Reports and the regulator's workbook, tested."""
