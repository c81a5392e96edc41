"""Strangers' files and answers, broken at random: refused in words, in bounded time and memory."""
