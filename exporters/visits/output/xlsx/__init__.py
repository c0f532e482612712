"""The master plan as a workbook. `book.py` puts it together; one file a sheet."""
