"""What a policy's authors ask of it: its own tests."""
