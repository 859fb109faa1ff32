import { describe, expect, it } from 'vitest'
import { readConfiguration } from '../../src/channels/configuration.ts'

describe('the configuration', () => {
  it('needs nothing, and then serves this machine alone', () => {
    expect(readConfiguration({ PORT: '', MicrosoftAppId: ' ' })).toEqual({
      configuration: {
        port: 3978,
        host: '127.0.0.1',
        logLevel: 'info',
        dataFolder: '.data',
        key: undefined,
        lifetime: 24 * 3_600_000,
      },
    })
  })

  it('names every problem at once, without the values', () => {
    const result = readConfiguration({
      PORT: 'linde',
      KLACHTWIJZER_KEEP_HOURS: '-1',
      KLACHTWIJZER_LOG: 'luid',
    })
    const problems = 'problems' in result ? result.problems : []
    expect(problems.map((problem) => problem.split(':')[0])).toEqual([
      'PORT',
      'KLACHTWIJZER_KEEP_HOURS',
      'KLACHTWIJZER_LOG',
    ])
    expect(problems.join()).not.toMatch(/linde|luid/)
  })

  it.each([
    [{ HOST: '0.0.0.0' }, /^HOST: /],
    [{ HOST: '[::2]' }, /^HOST: /],
    [{ HOST: '[127.0.0.1]' }, /^HOST: /],
    [{ HOST: '127.0.0.2' }, /^HOST: /],
    [{ KLACHTWIJZER_KEEP_HOURS: '1e-9' }, /^KLACHTWIJZER_KEEP_HOURS: is a number of hours from 1 to 168$/],
    [{ KLACHTWIJZER_KEEP_HOURS: '169' }, /^KLACHTWIJZER_KEEP_HOURS: is a number of hours from 1 to 168$/],
    [{ KLACHTWIJZER_KEEP_HOURS: 'linde' }, /^KLACHTWIJZER_KEEP_HOURS: is a number of hours from 1 to 168$/],
    [{ MicrosoftAppId: 'linde' }, /^MicrosoftAppPassword: /],
    [{ MicrosoftAppId: 'linde', MicrosoftAppType: 'UserAssignedMSI' }, /^MicrosoftAppTenantId: /],
  ])('refuses %o', (environment, message) => {
    const result = readConfiguration(environment)
    expect('problems' in result && result.problems[0]).toMatch(message)
  })

  it.each([
    ['[::1]', '::1'],
    ['::1', '::1'],
    [' 127.0.0.1 ', '127.0.0.1'],
    ['LOCALHOST', 'LOCALHOST'],
  ])('reads the host %s as an address to listen on', (HOST, host) => {
    const result = readConfiguration({ HOST })
    expect('configuration' in result && result.configuration.host).toBe(host)
  })

  it('may listen elsewhere with an app id', () => {
    const result = readConfiguration({
      HOST: '0.0.0.0',
      MicrosoftAppId: 'linde',
      MicrosoftAppPassword: 'geheim',
    })
    expect('configuration' in result && result.configuration.identity?.appId).toBe('linde')
  })
})
