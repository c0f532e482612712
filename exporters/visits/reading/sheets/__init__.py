"""Spreadsheets, XLSX and CSV: a row for each enterprise or class, columns by their Chinese or English names."""
