@description('Name of the vault.')
param vaultName string

@description('Names of the secrets, without mail.')
param names string[]

@description('The Communication Services resource whose access key is the first value of mail.')
param communicationName string

@description('What a secret holds until an operator sets it: known to nobody, and disabled.')
@secure()
param unknown string = newGuid()

resource vault 'Microsoft.KeyVault/vaults@2026-02-01' existing = {
  name: vaultName
}

resource communication 'Microsoft.Communication/communicationServices@2026-03-18' existing = {
  name: communicationName
}

// Only where there is none: deploying again never writes over a value that an operator set.
@onlyIfNotExists()
resource secrets 'Microsoft.KeyVault/vaults/secrets@2026-02-01' = [
  for name in names: {
    parent: vault
    name: name
    properties: {
      value: unknown
      contentType: 'Not set. Set it with az keyvault secret set.'
      attributes: { enabled: false }
    }
  }
]

@onlyIfNotExists()
resource mail 'Microsoft.KeyVault/vaults/secrets@2026-02-01' = {
  parent: vault
  name: 'mail'
  properties: {
    value: communication.listKeys().primaryKey
    contentType: 'Access key of Communication Services'
  }
}
