/** Where Direct Line is served, as Azure serves it. */
export const directLinePath = '/v3/directline'
