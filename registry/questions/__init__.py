"""What organisations ask about the terms before they sign, and what the Ministry answers to everybody."""
