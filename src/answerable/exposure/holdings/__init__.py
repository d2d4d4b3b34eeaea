"""What listed persons hold by a rule's threshold, directly or through what they hold."""
