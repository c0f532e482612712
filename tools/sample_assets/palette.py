"""The colours of every sample picture."""

TEAL = "#0f4c5c"
INK = "#1b2a41"
WARM = "#e36414"
PALE = "#f2efe9"
WHITE = "#ffffff"
STEEL = "#3f7480"  # between TEAL and MIST; white words on it
MIST = "#dbe5e6"  # pale teal: quiet areas
SAND = "#f6dcc6"  # pale warm: areas to notice
GREY = "#6b7785"  # secondary words; 4.5:1 on white
RULE = "#c9cdd2"  # hairlines and axes
