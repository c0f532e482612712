"""Long proofs: what must hold whenever the machine stops."""
