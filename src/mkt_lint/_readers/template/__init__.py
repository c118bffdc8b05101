"""Readers of e-mail templates."""
