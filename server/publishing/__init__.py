"""Reports as PDFs: results for tenants, the table to be published, the report for leaders, the summary of approach."""
