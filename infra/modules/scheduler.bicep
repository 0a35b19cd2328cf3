@description('The Azure region.')
param location string

@description('Name of the scheduler.')
@minLength(3)
@maxLength(64)
param name string

@description('Name of the task hub.')
param hubName string

@description('Tags of every resource.')
param tags object

@description('Consumption is paid by action, Dedicated by capacity.')
@allowed(['Consumption', 'Dedicated'])
param sku string

@description('Whether only private endpoints reach it.')
param closed bool

resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    sku: sku == 'Dedicated' ? { name: sku, capacity: 1 } : { name: sku }
    ipAllowlist: ['0.0.0.0/0']
    publicNetworkAccess: closed ? 'Disabled' : 'Enabled'
  }

  resource hub 'taskHubs' = {
    name: hubName
  }
}

@description('Id of the scheduler.')
output id string = scheduler.id

@description('How the app finds it. It holds no key: the app\'s identity signs in.')
output connectionString string = 'Endpoint=${scheduler.properties.endpoint};Authentication=ManagedIdentity'
