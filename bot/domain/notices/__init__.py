"""Notices: what stands on screens for as long as it is true, and how it is put together."""
