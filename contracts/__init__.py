"""Paper: the terms of an edition and what is made from them; plain values in, plain values out."""
