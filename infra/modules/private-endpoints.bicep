@description('The Azure region.')
param location string

@description('The ending that makes names unique.')
param token string

@description('Tags of every resource.')
param tags object

@description('What is reached: its id, the part of it, and the private DNS zone that answers for its name.')
param targets { id: string, group: string, zone: string }[]

@description('The network that asks the zones.')
param networkId string

@description('The subnet of the endpoints.')
param subnetId string

// One after the other: an account takes one change at a time.
@batchSize(1)
module endpoints 'private-endpoint.bicep' = [
  for target in targets: {
    params: {
      location: location
      tags: tags
      name: 'pe-${target.group}-${token}'
      targetId: target.id
      group: target.group
      zoneName: target.zone
      networkId: networkId
      subnetId: subnetId
    }
  }
]
