/** The command of the message extension with which staff look a body up, and what they type for it; Teams sends these names. */
export const bodyCommand = 'findBody'
export const bodyParameter = 'query'
