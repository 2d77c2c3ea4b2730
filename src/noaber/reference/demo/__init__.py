"""The exercise “Juli 2021”: what the demo is filled with, and the story that is played in it.

Places, times, organisations and agreements are real; the course of the exercise, persons and contacts are invented.
"""
