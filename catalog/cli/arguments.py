"""Arguments that several commands take."""

import argparse


def port(text: str) -> int:
    """A TCP port; 0 takes any free one."""
    number = int(text)
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError("0–65535")
    return number
