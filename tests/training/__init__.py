"""How the network that reads single characters is trained: not part of the product, and imported by nothing in it."""
