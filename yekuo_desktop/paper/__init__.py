"""From a frozen snapshot and a form file to PDF, and from PDF to a picture. The only user of reportlab."""
