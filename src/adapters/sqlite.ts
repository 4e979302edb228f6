import type sqlite from 'node:sqlite'

/**
 * SQLite as part of Node, loaded where it is asked for. Some versions of Node 24 warn that it is new, on the standard error
 * of everybody who runs us: that one warning is kept back, while it is loaded and no longer.
 */
export function loadSqlite(): typeof sqlite {
  const before = Object.getOwnPropertyDescriptor(process, 'emitWarning')
  const warn = process.emitWarning.bind(process)
  process.emitWarning = (...args: [warning: string | Error]): void => {
    if (!String(args[0]).startsWith('SQLite is an experimental feature')) warn(...args)
  }
  try {
    return process.getBuiltinModule('node:sqlite')
  } finally {
    if (before !== undefined) Object.defineProperty(process, 'emitWarning', before)
  }
}
