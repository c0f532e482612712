"""The catalogue over HTTP.

A resource is one file in `api/`: a few handlers that translate between HTTP and `catalog.services`, and the structs of
its answers. To add one, write the file and name its handlers in `api/__init__.py`. Handlers are plain functions in
threads; `parts` brings the database and the storage, `cause` who asks and from where. Whatever is refused is raised:
`problems.py` turns it into an answer, and nothing else does.
"""
