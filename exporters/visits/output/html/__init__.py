"""The public calendar as static pages: one of the programme, one for each class and host, in Chinese and English. They hold
nobody's contact data, run no script and open from a folder as well as from a server."""
