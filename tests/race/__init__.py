"""Many at once, on an emulator whose writes are atomic."""
