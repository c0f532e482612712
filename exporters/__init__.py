"""Course to package: formats, the archive writer, verification, the learner's player."""
