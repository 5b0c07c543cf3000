"""What all pages share: who may see them, how they are secured, how forms are read, the frame around them."""
