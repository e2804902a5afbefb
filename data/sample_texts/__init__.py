"""Texts, people and plot of the synthetic sample; `make_sample.py` writes them as archives."""
