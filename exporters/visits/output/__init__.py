"""What a plan is handed out as: calendars, spreadsheets, printed agendas, pages, tables. Each is a function from a `Schedule`
to bytes; the same programme and plan give the same bytes."""
