"""What officers type: each form turns into the arguments of one service."""
