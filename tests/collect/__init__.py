"""Collecting over the network: the connection, the engine, and every platform through the same door."""
