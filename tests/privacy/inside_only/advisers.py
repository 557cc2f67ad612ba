"""What is said to advisers, and inside the house alone."""

ADVISERS = {
    "The talk was {when}.",
    "The talk was {when}, with {adviser}.",
    "🗣️ An interpreter is needed.",
    "About: {topic}",
    "Because: {reason}.",
    "Did not want to now",
    "Ill",
    "It is with {service} now.",
    "Locked down",
    "Nobody at {service} can be reached now.",
    "Not found",
    "Service: {service}.",
    "The adviser could not",
    "The kiosk is {kiosk}.",
    "The officer notes: {word}.",
    "There was no escort",
    "There was no room",
    "{number} {alias}, speaks {language}",
    "“{answer}”",
    "✉️ Without a meeting",
}
