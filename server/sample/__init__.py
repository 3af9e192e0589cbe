"""The pictures and the words of the workspace "Start here"."""
